/** The viewer's style sheet; it lives in the shadow root with the viewer. */

export const STYLE = `
:host { display: block; }
.twin-viewer {
  --panel: rgba(255, 255, 255, 0.9); --text: #1d2630; --soft: #52606d; --line: rgba(29, 38, 48, 0.16);
  --accent: #1f6fd6; --sky-a: #f7f9fb; --sky-b: #e3e8ed; --shade: rgba(29, 38, 48, 0.09);
  position: relative; width: 100%; height: 100%; min-height: 240px; overflow: hidden; outline: none;
  display: flex; flex-direction: column; color: var(--text);
  background: linear-gradient(var(--sky-a), var(--sky-b));
  font: 13px/1.35 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
.twin-viewer[data-theme="dark"] {
  --panel: rgba(27, 32, 39, 0.92); --text: #e8ecf0; --soft: #a9b4bf; --line: rgba(232, 236, 240, 0.18);
  --accent: #6aa9f5; --sky-a: #1a1f26; --sky-b: #11151a; --shade: rgba(232, 236, 240, 0.08);
}
.twin-viewer * { box-sizing: border-box; }
.floors { flex: 1 1 auto; min-height: 0; display: flex; gap: 2px; }
.floors .twin-viewer { flex: 1 1 0; min-width: 0; min-height: 0; width: auto; height: auto; }
.twin-viewer.paired { container-type: size; }
.twin-viewer.paired > .floors { background: var(--line); }
.twin-viewer.paired > .floors > .stage { background: linear-gradient(var(--sky-a), var(--sky-b)); }
.stage { position: relative; flex: 1 1 0; min-width: 0; min-height: 0; overflow: hidden; }
.floor-title { padding: 3px 9px; border-radius: 5px; background: var(--panel); border: 1px solid var(--line); font-size: 13px; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.floor-title:empty { display: none; }
.quartered > .floors { flex-wrap: wrap; }
.twin-viewer.quartered > .floors > * { flex: 0 0 calc(50% - 1px); height: calc(50% - 1px); } /* alike, for one camera */
.paired .corner.left { flex-wrap: wrap; right: 60px; }
.paired:not(.quartered) > .floors > .stage > .corner.right { flex-direction: column; }
.quartered > .floors > .stage > .corner.left { right: 280px; }
.stage canvas { display: block; position: absolute; inset: 0; width: 100%; height: 100%; touch-action: none; }
.labels { position: absolute; inset: 0; isolation: isolate; /* the tools lie over them */ overflow: hidden; pointer-events: none; }
.label {
  position: absolute; left: 0; top: 0; white-space: nowrap; padding: 2px 7px; border-radius: 10px;
  background: var(--panel); border: 1px solid var(--line); font-size: 12px; line-height: 16px; will-change: transform;
}
.label .mark { display: inline-block; margin-right: 5px; }
.label .mark:empty { display: none; }
.label .detail { display: none; color: var(--soft); margin-left: 6px; }
.label.raised { border-color: var(--accent); z-index: 2; }
.label.raised .detail:not(:empty) { display: inline; }
.twin-viewer[data-colour="utilisation"] .label.machine .detail:not(:empty) { display: inline; font-variant-numeric: tabular-nums; color: var(--text); }
.label.quiet { background: none; border-color: transparent; color: var(--text); padding: 0 2px; text-shadow: 0 0 3px var(--panel), 0 0 3px var(--panel), 0 0 6px var(--panel); }
.label.count { background: #39424d; color: #fff; border-color: transparent; font-variant-numeric: tabular-nums; }
.label.bottleneck { background: #f0720c; color: #1d1204; border-color: transparent; font-weight: 600; }
.label.finding { background: #a61b1b; color: #fff; border-color: transparent; white-space: pre; text-align: left; }
.label.altered { background: var(--sky-a); border-width: 2px; border-color: currentColor; border-radius: 6px; white-space: pre-line; max-width: 190px; width: max-content; }
.label.altered .words { color: var(--text); }
.label.added { border-color: #1f8a4c; } .label.removed { border-color: #c62f2f; border-style: dashed; } .label.moved { border-color: #7a3fd0; } .label.changed { border-color: #b26a00; }
.twin-viewer[data-theme="dark"] .label.added { border-color: #4cc27e; } .twin-viewer[data-theme="dark"] .label.removed { border-color: #f2766b; }
.twin-viewer[data-theme="dark"] .label.moved { border-color: #b894ff; } .twin-viewer[data-theme="dark"] .label.changed { border-color: #f0b04a; }
.label.measure { background: #0b6b62; color: #fff; border-color: transparent; font-weight: 600; font-variant-numeric: tabular-nums; }
.icon { width: 10px; height: 10px; vertical-align: -1px; flex: none; overflow: visible; }
.corner { position: absolute; top: 12px; display: flex; gap: 6px; align-items: center; }
.corner.left { left: 12px; } .corner.right { right: 12px; }
.badge {
  padding: 3px 9px; border-radius: 5px; font-size: 12px; font-weight: 700; letter-spacing: 0.04em; color: #fff;
  background: #33518f;
}
.badge[data-kind="replay"] { background: #1f7a4d; }
.badge[data-kind="synthetic"] { background: #8a5a00; }
.badge[data-kind="live"] { background: #b3261e; }
.badge[data-kind="behind"] { background: #8a5a00; }
.badge[data-kind="unknown"] { background: #55606c; }
.twin-viewer button, .twin-viewer select {
  font: inherit; color: inherit; background: transparent; border: 1px solid transparent; border-radius: 6px;
  cursor: pointer; min-width: 30px; height: 30px; padding: 0 7px;
  display: inline-flex; align-items: center; justify-content: center;
}
.twin-viewer select { padding: 0 2px; appearance: auto; background: transparent; }
.twin-viewer select option { color: #1d2630; background: #fff; }
.twin-viewer button:hover { background: var(--shade); }
.twin-viewer button[aria-pressed="true"] { background: var(--shade); border-color: var(--line); }
.twin-viewer :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.twin-viewer:focus-visible { outline-offset: -2px; }
.twin-viewer button[hidden] { display: none; }
.overlay-note { position: absolute; right: 12px; bottom: 10px; padding: 3px 9px; border-radius: 6px; background: var(--panel); border: 1px solid var(--line); font-size: 12px; color: var(--soft); pointer-events: none; }
.overlay-note:empty { display: none; }
.edit-tools { display: inline-flex; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 2px; gap: 2px; }
.edit-tools[hidden] { display: none; }
.edit-tools .icon { width: 14px; height: 14px; }
.twin-viewer:is([data-tool="aiming"], [data-picking="true"]) .stage canvas { cursor: crosshair !important; }
.library {
  position: absolute; left: 12px; top: 54px; bottom: 12px; width: 232px; max-height: 460px; display: flex; flex-direction: column; gap: 6px;
  background: var(--sky-a); border: 1px solid var(--line); border-radius: 8px; padding: 8px; z-index: 3;
}
.library[hidden] { display: none; }
.library h2 { margin: 0; font-size: 13px; }
.library-head { display: flex; align-items: center; justify-content: space-between; }
.twin-viewer .library .asker { width: 20px; height: 20px; padding: 0; border: 1px solid var(--line); border-radius: 50%; font-size: 12px; color: var(--soft); }
.library p { margin: 0; font-size: 12px; color: var(--soft); }
.library label { font-size: 12px; display: flex; align-items: center; gap: 6px; }
.twin-viewer .library select { flex: 1 1 auto; min-width: 0; border-color: var(--line); height: 26px; }
.library input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; padding: 3px 7px; }
.library ul { list-style: none; margin: 0; padding: 0; overflow: auto; flex: 1 1 auto; min-height: 60px; }
.library .pens { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; font-size: 12px; }
.twin-viewer .library .pens button { width: auto; height: 26px; padding: 0 8px; border: 1px solid var(--line); }
.library li.none { color: var(--soft); padding: 4px 2px; }
.twin-viewer .library li button { width: 100%; height: auto; display: block; text-align: left; padding: 4px 6px; touch-action: none; cursor: grab; }
.twin-viewer .library li button:disabled { cursor: not-allowed; opacity: 0.7; }
.library li b { display: block; font-weight: 500; }
.library li small { display: block; font-size: 12px; color: var(--soft); overflow-wrap: anywhere; }
.in-hand { position: absolute; left: 50%; bottom: 42px; /* above what an overlay notes */ width: max-content; transform: translateX(-50%); max-width: min(620px, calc(100% - 24px)); box-sizing: border-box; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 5px 11px; font-size: 12px; pointer-events: none; }
.in-hand[hidden] { display: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.corner.right { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 2px; gap: 2px; }
.corner.right .icon { width: 14px; height: 14px; }
.bar { flex: none; background: var(--panel); border-top: 1px solid var(--line); padding: 6px 12px 7px; position: relative; }
.transport { display: flex; align-items: center; gap: 6px; }
.transport .play { background: var(--accent); color: #fff; width: 34px; height: 34px; border-radius: 50%; }
.twin-viewer[data-theme="dark"] .transport .play { color: #0d1520; }
.transport .play:hover { background: var(--accent); filter: brightness(1.1); }
.transport .catch-up { background: var(--accent); color: #fff; padding: 5px 10px; white-space: nowrap; }
.twin-viewer[data-theme="dark"] .transport .catch-up { color: #0d1520; }
.transport .play .icon { width: 13px; height: 13px; }
.time { min-width: 112px; font-variant-numeric: tabular-nums; font-weight: 600; font-size: 14px; padding-left: 4px; white-space: nowrap; }
.time small { font-weight: 400; font-size: 12px; color: var(--soft); margin-left: 5px; }
.track { position: relative; flex: 1 1 auto; height: 40px; min-width: 80px; }
.track input { position: absolute; inset: 0 0 0 0; width: 100%; margin: 0; height: 22px; accent-color: var(--accent); cursor: pointer; background: transparent; }
.marks { container: marks / inline-size; position: absolute; left: 8px; right: 8px; top: 20px; height: 20px; pointer-events: none; font-size: 12px; color: var(--soft); line-height: 14px; }
.marks .closed { position: absolute; top: 1px; height: 4px; border-radius: 2px; background: var(--line); }
@container marks (max-width: 200px) { .marks .day { font-size: 0; } }
.marks .day { box-sizing: border-box; position: absolute; top: 0; border-left: 1px solid var(--soft); padding: 6px 0 0 4px; height: 20px; white-space: nowrap; overflow: hidden; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; font-size: 12px; color: var(--soft); margin-top: 4px; min-height: 26px; }
.legend .modes { display: inline-flex; gap: 2px; margin-right: 2px; }
.legend .modes button { height: 24px; font-size: 12px; padding: 0 8px; color: var(--text); }
.legend .entry { display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; }
.legend .ramp { width: 140px; height: 9px; border-radius: 2px; }
.legend .swatch { width: 9px; height: 9px; border-radius: 2px; }
.notice {
  position: absolute; left: 50%; top: 45%; transform: translate(-50%, -50%); max-width: 80%; padding: 10px 16px;
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px; font-size: 14px; text-align: center;
}
.notice:empty { display: none; }
.twin-viewer[data-purpose="cell"] :is(.legend, [data-overlay], .edit-tools) { display: none; }
.notice[data-kind="error"] { border-color: #c0392b; }
/* One above the other where there is no room for two abreast. */
@container (max-width: 620px) or (max-aspect-ratio: 1/1) { .paired:not(.quartered) > .floors { flex-direction: column; } }
@media (max-width: 700px) { .time small { display: none; } .time { min-width: 84px; } }
`;
