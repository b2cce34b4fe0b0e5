// The photos of the last day, in this browser alone: found by the moods that were read off them, the `p` of an address.

const day = 24 * 3600 * 1000, most = 12;

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("mood", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "p" });
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => fail(request.error);
  });
}

async function run(mode, work) {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      const change = database.transaction("photos", mode), request = work(change.objectStore("photos"));
      change.oncomplete = () => done(request?.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  } finally { database.close(); }
}

/** Keeps a photo with its faces; a browser that keeps nothing shows the answer without it. */
export async function keep(photo) {
  try {
    await run("readwrite", (store) => store.put({ ...photo, time: Date.now() }));
    await tidy();
  } catch { /* private windows keep nothing */ }
}

/** The photo of an address, if it is still there. */
export async function find(p) {
  if (!p) return null;
  try {
    const photo = await run("readonly", (store) => store.get(p));
    return photo && Date.now() - photo.time < day ? photo : null;
  } catch { return null; }
}

/** Removes what is older than a day, and all but the last few. */
export async function tidy() {
  try {
    const all = (await run("readonly", (store) => store.getAll())).sort((a, b) => b.time - a.time);
    const old = all.filter((photo, index) => index >= most || Date.now() - photo.time >= day);
    if (old.length) await run("readwrite", (store) => { for (const photo of old) store.delete(photo.p); });
  } catch { /* nothing is kept, so nothing is old */ }
}
