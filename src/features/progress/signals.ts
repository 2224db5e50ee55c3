/** A short tone and a shake at the end of an interval or a timing: off until somebody turns them on, kept per device. */
import { useState } from "react";

interface SignalSettings {
  sound: boolean;
  vibration: boolean;
}

const KEY = "trellis.signals";

function read(): SignalSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<SignalSettings>;
    return { sound: kept.sound === true, vibration: kept.vibration === true };
  } catch {
    return { sound: false, vibration: false };
  }
}

let audio: AudioContext | null = null;

function tone(): void {
  audio ??= new AudioContext();
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = 880;
  gain.gain.setValueAtTime(0.2, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start();
  oscillator.stop(audio.currentTime + 0.25);
}

/** As far as this device does and its user wants. */
export function signal(): void {
  const { sound, vibration } = read();
  if (sound && "AudioContext" in window) tone();
  if (vibration && "vibrate" in navigator) navigator.vibrate(200);
}

export const canVibrate = (): boolean => typeof navigator.vibrate === "function";

export function useSignalSettings(): [SignalSettings, (part: Partial<SignalSettings>) => void] {
  const [settings, setSettings] = useState(read);
  const change = (part: Partial<SignalSettings>) => {
    const next = { ...settings, ...part };
    setSettings(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    // A browser lets a page sound only after a touch: this is one.
    if (part.sound === true) signal();
  };
  return [settings, change];
}
