// What browsers may do with the web app's pages. deploy/Caddyfile says the same (a test compares them).

/**
 * @param {string} convexUrl the deployment that the app speaks to
 * @returns {Record<string, string>}
 */
export function securityHeaders(convexUrl) {
  const socket = convexUrl.replace(/^http/, "ws");
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    // The component library and ProseMirror put style elements into the page while it runs.
    "style-src 'self' 'unsafe-inline'",
    // Files of the deployment's storage are under its own address.
    `img-src 'self' data: blob: ${convexUrl}`,
    `media-src 'self' blob: ${convexUrl}`,
    "font-src 'self' data:",
    `connect-src 'self' ${convexUrl} ${socket}`,
    "worker-src 'self' blob:",
    `frame-src 'self' blob: ${convexUrl}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), payment=(), usb=()",
  };
}
