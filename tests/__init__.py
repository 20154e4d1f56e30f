"""Tests; the folders mirror twin/, `against` holds the oracles, `bench` what is measured."""
