/** Headers by name, as an answer sends them. */
export type Headers = Readonly<Record<string, string>>;

/**
 * What an answer's page may load and run. Style attributes are allowed: React and Cytoscape place
 * things by them, and an attribute cannot load a script. Next's dev mode evaluates code, injects
 * style elements without a nonce and speaks over a websocket.
 */
export const contentPolicy = (nonce: string, dev: boolean): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // A nonce would switch 'unsafe-inline' off.
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // 'self' covers the websocket of our own origin.
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** On every answer, refused or passed. Static files set a Cache-Control of their own later. */
export const securityHeaders = (nonce: string, dev: boolean): Headers => ({
  "content-security-policy": contentPolicy(nonce, dev),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), display-capture=()",
  "cache-control": "no-store",
});
