/** Whether an id is one that the API gave to a node of a type, such as `Customer`; any other is the shop's own. */
export function isApiId(id: string, type: string): boolean {
  try {
    return atob(id).startsWith(`${type}:`);
  } catch {
    return false;
  }
}
