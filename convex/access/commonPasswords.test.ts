import { expect, test } from "vitest";
import { isCommonPassword } from "./commonPasswords";

test("what everybody tries first is common, in any case, disguise, repetition, and with digits around it", () => {
  for (const password of [
    "1qaz2wsx3edc",
    "LeaveMeAlone",
    "passwordpassword",
    "Password2026!",
    "P@ssw0rd12345",
    "123football456",
    "qwerty qwerty",
    "monkeymonkeymonkey",
  ])
    expect(isCommonPassword(password), password).toBe(true);
});

test("sentences, and words of one's own, are not", () => {
  for (const password of [
    "rows of beans in june",
    "leaves turn to the light",
    "trellis-demo-garden",
    "the heron waits at noon",
    "zum Glück regnet es heute",
    "كلمة سر طويلة جدا",
  ])
    expect(isCommonPassword(password), password).toBe(false);
});
