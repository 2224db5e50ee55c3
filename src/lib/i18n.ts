/** Words by language. Each language is loaded when it is needed. */
import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import type { en } from "../texts/en/all";
import type { en as later } from "../texts/en/later";

export type Language = "en" | "es";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en & typeof later;
    returnNull: false;
  }
}

const STORED = "trellis.language";

/** As chosen before on this device, or what the browser asks for. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "en" || stored === "es") return stored;
  return navigator.language.startsWith("es") ? "es" : "en";
}

const loaders: Record<Language, () => Promise<Record<string, object>>> = {
  en: async () => (await import("../texts/en/all")).en,
  es: async () => (await import("../texts/es/all")).es,
};

const laterLoaders: typeof loaders = {
  en: async () => (await import("../texts/en/later")).en,
  es: async () => (await import("../texts/es/later")).es,
};
/** Something that asked for them is, or was, open. */
let needsLater = false;

async function load(language: Language): Promise<void> {
  const areas = await loaders[language]();
  const more = needsLater ? await laterLoaders[language]() : {};
  for (const [area, texts] of Object.entries({ ...areas, ...more }))
    i18next.addResourceBundle(language, area, texts);
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFEFC]/u;

/** A name in a right-to-left script stands by itself within a sentence of another (first strong isolate). */
export const isolated = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;

/** The words of what opens later, from now on in every language that is chosen: pages ask for them in their loader. */
export async function needLaterWords(): Promise<void> {
  needsLater = true;
  for (const language of ["en", "es"] as const)
    if (i18next.hasResourceBundle(language, "common"))
      for (const [area, texts] of Object.entries(await laterLoaders[language]()))
        i18next.addResourceBundle(language, area, texts);
}

/** What opens later, with its words. */
export async function withItsWords<Part>(part: Promise<Part>): Promise<Part> {
  await needLaterWords();
  return part;
}

/** Before the first rendering. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "common",
    // React escapes; what is put into a sentence only must not turn the words around it.
    interpolation: { escape: isolated },
    resources: {},
  });
  await changeLanguage(language);
}

/** Every sentence on the screen changes at once. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "common")) await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(STORED, language);
}

/** What is printed: papers can be in another language than the screen. */
const PRINTED = ["output", "goals", "students", "reports"] as const;
export type PrintedWords = TFunction<typeof PRINTED>;

/** The words for papers in this language. */
export async function printedWords(language: Language): Promise<PrintedWords> {
  if (!i18next.hasResourceBundle(language, "common")) await load(language);
  return i18next.getFixedT(language, PRINTED);
}
