import process from "node:process";

// What tests start inherits these, and the output that they compare is that of a pipe.
for (const name of ["FORCE_COLOR", "NO_COLOR"]) {
  Reflect.deleteProperty(process.env, name);
}
