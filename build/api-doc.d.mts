export function apiDoc(manifest: object): string;
