// A photo as the server takes it: upright, at most 1280 pixels long, JPEG, whatever the browser can open.

const longest = 1280;

/** Makes a file or a frame small; throws where the browser cannot open it. */
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try { return await drawn(picture, picture.width, picture.height, 0); } finally { picture.close(); }
}

/** The same photo turned clockwise by 90, 180 or 270 degrees. */
export async function turned(blob, degrees) {
  const picture = await createImageBitmap(blob);
  try { return await drawn(picture, picture.width, picture.height, degrees); } finally { picture.close(); }
}

/** A frame of a video. */
export const frame = (video, side = longest) => drawn(video, video.videoWidth, video.videoHeight, 0, side);

async function drawn(picture, fullWidth, fullHeight, degrees, side = longest) {
  if (!fullWidth || !fullHeight) throw new Error("empty");
  const scale = Math.min(1, side / Math.max(fullWidth, fullHeight));
  const [width, height] = [fullWidth, fullHeight].map((n) => Math.max(1, Math.round(n * scale)));
  const canvas = document.createElement("canvas"), across = degrees % 180 !== 0;
  [canvas.width, canvas.height] = across ? [height, width] : [width, height];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // where a PNG is clear
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate(degrees * Math.PI / 180);
  pen.drawImage(picture, -width / 2, -height / 2, width, height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  if (!blob) throw new Error("no JPEG");
  return { blob, width: canvas.width, height: canvas.height };
}
