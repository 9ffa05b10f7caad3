/** Methods of OpenAPI that the fetch standard lets through, which excludes TRACE. */
export const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
] as const;

/** Whether RFC 9110, section 9.2.1, defines a method as safe. */
export function isSafe(method: string): boolean {
  return ["get", "head", "options"].includes(method);
}

/** Whether the fetch standard lets a request of a method have a body. */
export function hasSendableBody(method: string): boolean {
  return method !== "get" && method !== "head";
}
