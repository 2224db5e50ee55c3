/** What a browser says about itself, as far as a person would name it: "Firefox, Windows". Null for what is not known. */
export function deviceOf(userAgent: string): { browser: string | null; system: string | null } {
  const first = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}

/** In this order: browsers claim to be their elders, too. */
const BROWSERS = [
  [/\bEdgA?\//u, "Edge"],
  [/\bOPR\//u, "Opera"],
  [/\bSamsungBrowser\//u, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//u, "Firefox"],
  [/\b(Headless)?(Chrome|CriOS)\//u, "Chrome"],
  [/\bSafari\//u, "Safari"],
] as const;

const SYSTEMS = [
  [/\biPad\b/u, "iPad"],
  [/\biPhone\b/u, "iPhone"],
  [/\bAndroid\b/u, "Android"],
  [/\bCrOS\b/u, "ChromeOS"],
  [/\bWindows\b/u, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/u, "Mac"],
  [/\bLinux\b/u, "Linux"],
] as const;
