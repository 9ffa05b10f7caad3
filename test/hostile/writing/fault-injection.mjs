// Loaded before a program (node --import): lets the Nth call that changes something
// below FAULT_FOLDER fail, or ends the process there as SIGKILL does. Without FAULT_AT
// it counts those calls and says on file descriptor 3 what they are.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { FAULT_FOLDER = "", FAULT_AT, FAULT } = process.env;
const at = Number(FAULT_AT);
let calls = 0;

/** Functions that change the disk, each with what it leaves when it is cut off halfway. */
const changing = {
  writeFileSync: (file, data, options) => {
    original.writeFileSync(file, data.slice(0, data.length / 2), options);
  },
  mkdirSync: undefined,
  renameSync: undefined,
  rmdirSync: undefined,
  unlinkSync: undefined,
};

const original = { ...fs };

for (const [name, halfway] of Object.entries(changing)) {
  fs[name] = (...parameters) => {
    const isOurs = parameters.some(
      (each) => typeof each === "string" && each.startsWith(FAULT_FOLDER),
    );
    if (!isOurs) return original[name](...parameters);
    calls += 1;
    if (FAULT_AT === undefined) {
      original.writeSync(3, `${name}\n`);
    } else if (FAULT === "kill" && calls === at) {
      process.kill(process.pid, "SIGKILL");
    } else if (FAULT === "kill halfway" && calls === at) {
      halfway?.(...parameters);
      process.kill(process.pid, "SIGKILL");
    } else if (
      calls === at ||
      (calls > at && FAULT.endsWith(" from then on"))
    ) {
      const [code] = FAULT.split(" ");
      if (code === "ENOSPC") {
        // A full disk takes what still fits, and no more.
        if (name === "writeFileSync") halfway(...parameters);
        if (/^(?:rename|unlink|rmdir)Sync$/.test(name)) {
          return original[name](...parameters);
        }
      }
      const error = new Error(`${code}: injected, ${name}`);
      throw Object.assign(error, { code, syscall: name });
    }
    return original[name](...parameters);
  };
}

syncBuiltinESMExports();
