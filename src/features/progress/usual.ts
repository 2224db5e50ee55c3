/** Where and with how much help a goal's data were taken last on this device: most often it is so again. */
const key = (goalId: string) => `trellis.usual.${goalId}`;

export interface Usual {
  settingType: string;
  promptLevel: string;
}

export function readUsual(goalId: string): Usual {
  try {
    const stored = JSON.parse(localStorage.getItem(key(goalId)) ?? "{}") as Partial<Usual>;
    return {
      settingType: stored.settingType ?? "specialEducationClassroom",
      promptLevel: stored.promptLevel ?? "",
    };
  } catch {
    return { settingType: "specialEducationClassroom", promptLevel: "" };
  }
}

export function rememberUsual(goalId: string, { settingType, promptLevel }: Usual): void {
  try {
    localStorage.setItem(key(goalId), JSON.stringify({ settingType, promptLevel }));
  } catch {
    // Without storage the next sheet begins with the first choice.
  }
}
