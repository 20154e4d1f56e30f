/** What happens where the server of a page is started again. */

const RESTARTED = "twin.restarted";

/**
 * A second drawing in one page means that its server was restarted: the old session is gone, and
 * the new one is not told that anybody looks. Loading the address again is the whole cure: it names
 * layout, draft and recording.
 */
export function startAgain() {
  if (!globalThis.twinDrawn) {
    globalThis.twinDrawn = true;
    return false;
  }
  sessionStorage.setItem(RESTARTED, "yes");
  location.reload();
  return true;
}

/** Whether this page was loaded again for that; told once. */
export function wasStartedAgain() {
  const so = Boolean(sessionStorage.getItem(RESTARTED));
  sessionStorage.removeItem(RESTARTED);
  return so;
}
