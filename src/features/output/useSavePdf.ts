/** Makes a PDF and hands it over as a download; says what it does, and what to do where it cannot. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone, notifyFailed } from "../../ui/notify";
import type { PrintedDocument } from "./document";

type Paper = "letter" | "a4";

export function useSavePdf() {
  const { t } = useTranslation("output");
  const [isMaking, setIsMaking] = useState(false);
  const save = async (find: () => Promise<PrintedDocument>, paper: Paper = "letter") => {
    setIsMaking(true);
    try {
      const { fileName, requestPdf, saveFile } = await import("./requestPdf");
      const document = await find();
      const made = await requestPdf(document, paper);
      if ("missing" in made)
        notifyFailed(t("actions.letters", { characters: made.missing.slice(0, 12).join(" ") }));
      else {
        saveFile(made.bytes, fileName(document.title));
        notifyDone(t("actions.made"));
      }
    } catch {
      notifyFailed(t("actions.failed"));
    } finally {
      setIsMaking(false);
    }
  };
  return { isMaking, save };
}
