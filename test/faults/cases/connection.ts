import {
  answer,
  late,
  lost,
  neverSent,
  ok,
  successBody,
} from "../support/fault-case.js";
import type { FaultCase } from "../support/fault-case.js";

const success = answer(200, successBody);
const stall = { steps: ["stall"] } as const;

/** What goes wrong before a request can be sent, and while it is. */
export const connectionCases: readonly FaultCase[] = [
  {
    name: "nothing listens on the port",
    target: "refused port",
    expected: { ...neverSent, reason: "ECONNREFUSED" },
    repeated: "always",
    arrives: 0,
  },
  {
    name: "the host's name does not resolve",
    target: "unknown host",
    expected: neverSent,
    repeated: "always",
    arrives: 0,
  },
  {
    name: "the server resets the connection soon after it is made",
    // Node may learn of an earlier reset while it still connects: then nothing was sent.
    target: { after: "connect", steps: [{ wait: 50 }, "reset"] },
    expected: lost,
    repeated: "read",
    arrives: 0,
  },
  {
    name: "the server closes the connection as soon as it is made",
    target: { after: "connect", steps: ["end"] },
    expected: lost,
    repeated: "read",
    arrives: 0,
  },
  {
    name: "the server accepts the connection and reads nothing",
    target: { after: "connect", steps: ["stall"] },
    expected: late,
    repeated: "never",
    arrives: 0,
    timeoutMs: 150,
  },
  {
    name: "the server resets the connection after the head of the request",
    target: { after: "head", steps: ["reset"] },
    expected: { ...lost, reason: "ECONNRESET" },
    repeated: "read",
  },
  {
    name: "the server closes the connection after the head of the request",
    target: { after: "head", steps: ["end"] },
    expected: lost,
    repeated: "read",
  },
  {
    name: "an authority that nobody trusts signed the certificate",
    target: success,
    tls: { certificate: "loopback" },
    expected: { ...neverSent, reason: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
    repeated: "always",
    arrives: 0,
  },
  {
    name: "the certificate is signed by itself",
    target: success,
    tls: { certificate: "self-signed" },
    expected: { ...neverSent, reason: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    repeated: "always",
    arrives: 0,
  },
  {
    name: "the certificate has expired",
    target: success,
    tls: { certificate: "expired", trusted: true },
    expected: { ...neverSent, reason: "CERT_HAS_EXPIRED" },
    repeated: "always",
    arrives: 0,
  },
  {
    name: "the certificate is another host's",
    target: success,
    tls: { certificate: "other-host", trusted: true },
    expected: { ...neverSent, reason: "ERR_TLS_CERT_ALTNAME_INVALID" },
    repeated: "always",
    arrives: 0,
  },
  {
    // TLS 1.3 tells the client after it may have sent its request.
    name: "the server wants a client certificate",
    target: success,
    tls: { certificate: "loopback", trusted: true, requestsCertificate: true },
    expected: lost,
    repeated: "read",
    arrives: 0,
  },
  {
    // The same error can follow a request: it is no proof that none was sent.
    name: "plain HTTP answers on the port for TLS",
    target: {
      after: "connect",
      steps: [{ send: "HTTP/1.1 400 Bad Request\r\n\r\n" }, "end"],
    },
    tls: { certificate: "loopback", plainText: true },
    expected: lost,
    repeated: "read",
    arrives: 0,
  },
  {
    name: "a reset answers the TLS handshake",
    // Node may learn of an earlier reset while it still connects: then nothing was sent.
    target: { after: "connect", steps: [{ wait: 50 }, "reset"] },
    tls: { certificate: "loopback", plainText: true },
    expected: lost,
    repeated: "read",
    arrives: 0,
  },
  {
    name: "nothing answers the TLS handshake",
    target: { after: "connect", steps: ["stall"] },
    tls: { certificate: "loopback", plainText: true },
    expected: late,
    repeated: "never",
    arrives: 0,
    timeoutMs: 150,
    keepsConnecting: true,
  },
  {
    name: "everything is right, over TLS",
    target: success,
    tls: { certificate: "loopback", trusted: true },
    expected: ok,
    repeated: "never",
  },
  {
    name: "the server resets a TLS connection after the request",
    target: { steps: ["reset"] },
    tls: { certificate: "loopback", trusted: true },
    expected: lost,
    repeated: "read",
  },
  {
    name: "the server says nothing over TLS",
    target: stall,
    tls: { certificate: "loopback", trusted: true },
    expected: late,
    repeated: "never",
    timeoutMs: 300,
  },
];
