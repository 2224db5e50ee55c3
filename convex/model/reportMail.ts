/** Mail about progress reports. It holds no student's name: mailboxes are not part of the record. */
import type { Reminder } from "../domain/reports/period";
import { dateText } from "../domain/reports/valueText";
import { type Language, type Mail, siteAddress } from "./mail";

interface ReminderFacts {
  organization: string;
  period: string;
  end: string;
  /** "" where nobody has set one. */
  issueBy: string;
  open: number;
}

const TEXTS = {
  en: {
    subject: (kind: Reminder, period: string) =>
      kind === "late"
        ? `Progress reports of ${period} are late`
        : `Progress reports of ${period} are due soon`,
    text: (kind: Reminder, { organization, period, end, issueBy, open }: ReminderFacts) =>
      `${organization}: ${String(open)} of your progress reports of ${period} ${open === 1 ? "has" : "have"} not been issued yet. ` +
      (kind === "beforeEnd"
        ? `The period ends on ${end}.`
        : kind === "beforeIssue"
          ? `They are to be issued by ${issueBy}.`
          : `They were to be issued by ${issueBy}.`),
    issuedSubject: "A new progress report is there",
    issuedText: (organization: string) =>
      `${organization} has issued a progress report. You can read it in Trellis, on a phone too, and print it.`,
  },
  es: {
    subject: (kind: Reminder, period: string) =>
      kind === "late"
        ? `Los informes de progreso de ${period} están atrasados`
        : `Pronto vence el plazo de los informes de progreso de ${period}`,
    text: (kind: Reminder, { organization, period, end, issueBy, open }: ReminderFacts) =>
      `${organization}: ${open === 1 ? "falta emitir 1 de sus informes" : `faltan por emitir ${String(open)} de sus informes`} de progreso de ${period}. ` +
      (kind === "beforeEnd"
        ? `El período termina el ${end}.`
        : kind === "beforeIssue"
          ? `Deben emitirse antes del fin del ${issueBy}.`
          : `Debían emitirse a más tardar el ${issueBy}.`),
    issuedSubject: "Hay un nuevo informe de progreso",
    issuedText: (organization: string) =>
      `${organization} emitió un informe de progreso. Puede leerlo en Trellis, también en el teléfono, e imprimirlo.`,
  },
} as const;

export function reminderMail(
  reminder: {
    to: string;
    language: Language;
    kind: Reminder;
    organization: string;
    period: { name: string; end: string; issueBy?: string };
    open: number;
  },
  sentAt: number,
): Mail {
  const { to, language, kind, organization, period, open } = reminder;
  const words = TEXTS[language];
  const link = siteAddress("/reports");
  const facts = {
    ...{ organization, period: period.name, open },
    end: dateText(period.end, language),
    issueBy: period.issueBy === undefined ? "" : dateText(period.issueBy, language),
  };
  return {
    to,
    subject: words.subject(kind, period.name),
    text: `${words.text(kind, facts)}\n\n${link}`,
    ...{ link, sentAt },
  };
}

export function reportIssuedMail(
  issued: { to: string; language: Language; organization: string },
  sentAt: number,
): Mail {
  const words = TEXTS[issued.language];
  const link = siteAddress("/family");
  return {
    to: issued.to,
    subject: words.issuedSubject,
    text: `${words.issuedText(issued.organization)}\n\n${link}`,
    ...{ link, sentAt },
  };
}
