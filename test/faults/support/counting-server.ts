// A process of its own: the API, which executes what it gets and counts it by call.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { errorBody, successBody } from "./fault-case.js";
import { actHeader } from "./schedule.js";

const executions: Record<string, number> = {};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const act = request.headers[actHeader] ?? "executed";
    const input = JSON.parse(Buffer.concat(chunks).toString()) as {
      readonly propay_id: string;
    };
    const isExecuted = act === "executed";
    if (isExecuted) {
      executions[input.propay_id] = (executions[input.propay_id] ?? 0) + 1;
    }
    const status = isExecuted ? 200 : act === "throttled" ? 429 : 400;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(isExecuted ? successBody : errorBody);
  });
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
// Asked for anything, it tells what it has counted.
process.on("message", () => {
  process.send?.(executions);
});
