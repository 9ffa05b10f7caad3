import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { watchHandles } from "./support/open-handles.js";

describe("what is left open", () => {
  it("is seen when it is a timer", async () => {
    const { value, left } = await watchHandles(async () => {
      await Promise.resolve();
      return setTimeout(() => undefined, 60_000);
    });
    clearTimeout(value);
    expect(left).toEqual(["Timeout"]);
  });

  it("is seen when it is a connection", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const { value, left } = await watchHandles(
      () =>
        new Promise<Socket>((resolve) => {
          const socket = connect(port, "127.0.0.1", () => {
            resolve(socket);
          });
        }),
    );
    value.destroy();
    server.close();
    expect(left).toEqual(["TCPWRAP"]);
  });

  it("is nothing when all is closed, whatever others do", async () => {
    const other = setTimeout(() => undefined, 60_000);
    const { left } = await watchHandles(async () => {
      const timer = setTimeout(() => undefined, 60_000);
      await new Promise((resolve) => setTimeout(resolve, 1));
      clearTimeout(timer);
    });
    clearTimeout(other);
    expect(left).toEqual([]);
  });
});
