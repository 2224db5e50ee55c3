import type { mailbox as en } from "../en/mailbox";
import type { Texts } from "../texts";

export const mailbox: Texts<typeof en> = {
  title: "Buzón de desarrollo",
  subtitle: "Lo que se habría enviado por correo. Nada sale de esta máquina.",
  off: "Aquí el buzón de desarrollo está apagado.",
  empty: "Todavía no hay correo",
  to: "Para {{to}}",
  open: "Abrir el enlace",
};
