import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { lstatSync, renameSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";

/** Something that may stand where the tool expects a file or a folder of its own. */
export interface Obstacle {
  readonly kind: string;
  /**
   * Puts it there.
   *
   * @param outside - a folder with a file `gold.txt` and a folder `treasure`
   */
  put(place: string, outside: string): Promise<void> | void;
}

export const namedPipe: Obstacle = {
  kind: "a named pipe",
  put: (place) => {
    execFileSync("mkfifo", [place]);
  },
};

export const obstacles: readonly Obstacle[] = [
  {
    kind: "a link to a file",
    put: (place, outside) => {
      symlinkSync(path.join(outside, "gold.txt"), place);
    },
  },
  {
    kind: "a link to a folder",
    put: (place, outside) => {
      symlinkSync(path.join(outside, "treasure"), place);
    },
  },
  {
    kind: "a link that leads nowhere yet",
    put: (place, outside) => {
      symlinkSync(path.join(outside, "nothing"), place);
    },
  },
  {
    kind: "a link to itself",
    put: (place) => {
      symlinkSync(path.basename(place), place);
    },
  },
  {
    kind: "a link to an endless device",
    put: (place) => {
      symlinkSync("/dev/zero", place);
    },
  },
  { kind: "a device", put: makeDevice },
  namedPipe,
  { kind: "a socket", put: makeSocket },
];

/** Only the administrator may make one; a terminal is one that everybody may link to. */
function makeDevice(place: string): void {
  if (process.getuid?.() === 0) {
    execFileSync("mknod", [place, "c", "1", "5"]);
  } else {
    symlinkSync("/dev/tty", place);
  }
}

/** A socket's path must be short, so it is made elsewhere and moved; it stays when nobody listens any more. */
async function makeSocket(place: string, outside: string): Promise<void> {
  const short = path.join(outside, "..", randomUUID().slice(0, 8));
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(short, resolve);
  });
  renameSync(short, place);
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

/** What stands at a place, without following links: its kind and which one it is. */
export function identityOf(place: string): string {
  const { ino, mode } = lstatSync(place);
  return `${ino} ${mode}`;
}
