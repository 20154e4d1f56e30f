/** Floors as they are drawn now, side by side before the sky of their theme: a Blob of PNG. */
export async function pictureOf(viewers) {
  const canvases = viewers.map((viewer) => {
    viewer.renderNow(); // a canvas may be read in the turn in which it was drawn
    return viewer.canvas;
  });
  const width = canvases.reduce((sum, canvas) => sum + canvas.width, 0);
  const height = Math.max(...canvases.map((canvas) => canvas.height));
  const sheet = Object.assign(document.createElement("canvas"), { width, height });
  const pen = sheet.getContext("2d");
  const style = getComputedStyle(viewers[0].root);
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, style.getPropertyValue("--sky-a").trim());
  sky.addColorStop(1, style.getPropertyValue("--sky-b").trim());
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  let left = 0;
  for (const canvas of canvases) {
    pen.drawImage(canvas, left, 0);
    left += canvas.width;
  }
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}
