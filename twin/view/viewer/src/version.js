/**
 * Which version of the layout an edit is made on. An edit that has been told counts at once, so that
 * the next one, made before the answer to it, is not taken for one on an older layout.
 */
export class Version {
  constructor() {
    this.known = 0; // what the other side has told of
    this.ahead = 0; // edits that it has not answered yet
  }

  /** The version for an edit that is told now. */
  take() {
    return this.known + this.ahead++;
  }

  /** The other side tells of a version; a smaller one is that of another layout. */
  heard(version) {
    this.ahead = version < this.known ? 0 : Math.max(0, this.known + this.ahead - version);
    this.known = version;
  }

  /** An edit was refused: those told after it are, too. */
  refused(version) {
    this.known = version;
    this.ahead = 0;
  }
}
