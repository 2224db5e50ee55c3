/** Mail in the reader's language. It holds no student's name: mailboxes are not part of the record. */
export type Language = "en" | "es";

const TEXTS = {
  en: {
    invitation: {
      subject: (organization: string) => `You are invited to ${organization} on Trellis`,
      text: (organization: string, link: string, days: number) =>
        `${organization} has invited you to Trellis, where individualized education programs (IEPs) are kept.\n\n` +
        `Open this link to begin. It works once, for ${String(days)} days:\n${link}\n\n` +
        `If you did not expect this, you need not do anything.`,
    },
    reset: {
      subject: "Set a new password for Trellis",
      text: (link: string) =>
        `Somebody, probably you, asked for a new password. Open this link within one hour:\n${link}\n\n` +
        `If it was not you, you need not do anything: your password stays as it is.`,
    },
    orderRecorded: {
      subject: "Who holds the educational rights has changed",
      text: (link: string) =>
        `The school has recorded a court's order by which the rights in special education that were yours are with your guardians. If you think that this is wrong, ask the school to see the order.\n\n${link}`,
    },
    rightsPassed: {
      subject: "Educational rights have passed to the student",
      text: (own: boolean, link: string) =>
        (own
          ? `You are of age: from now on the rights in special education that your parents had are yours (34 CFR 300.520). You decide whether they go on reading your record.`
          : `Your child is of age: from now on the rights in special education that you had are the student's (34 CFR 300.520). You read the record on only if the student agrees, or if the school has recorded that the student is your dependent.`) +
        `\n\n${link}`,
    },
  },
  es: {
    invitation: {
      subject: (organization: string) => `${organization} le invita a Trellis`,
      text: (organization: string, link: string, days: number) =>
        `${organization} le invita a Trellis, donde se guardan los programas de educación individualizada (IEP).\n\n` +
        `Abra este enlace para comenzar. Sirve una sola vez, durante ${String(days)} días:\n${link}\n\n` +
        `Si no esperaba este mensaje, no tiene que hacer nada.`,
    },
    reset: {
      subject: "Elija una contraseña nueva para Trellis",
      text: (link: string) =>
        `Alguien, probablemente usted, pidió una contraseña nueva. Abra este enlace antes de una hora:\n${link}\n\n` +
        `Si no fue usted, no tiene que hacer nada: su contraseña sigue igual.`,
    },
    orderRecorded: {
      subject: "Cambió quién tiene los derechos educativos",
      text: (link: string) =>
        `La escuela registró una orden judicial por la cual los derechos en educación especial que eran suyos los tienen sus tutores. Si cree que es un error, pida a la escuela ver la orden.\n\n${link}`,
    },
    rightsPassed: {
      subject: "Los derechos educativos pasaron al estudiante",
      text: (own: boolean, link: string) =>
        (own
          ? `Usted es mayor de edad: desde ahora son suyos los derechos en educación especial que tenían sus padres (34 CFR 300.520). Usted decide si ellos siguen leyendo su expediente.`
          : `Su hijo o hija es mayor de edad: desde ahora los derechos en educación especial que usted tenía son del estudiante (34 CFR 300.520). Usted sigue leyendo el expediente solo si el estudiante está de acuerdo, o si la escuela registró que depende de usted.`) +
        `\n\n${link}`,
    },
  },
} as const;

/** Of a page, for a link in a mail. */
export const siteAddress = (path: string): string => `${process.env.SITE_URL ?? ""}${path}`;

export interface Mail {
  to: string;
  subject: string;
  text: string;
  link: string;
  sentAt: number;
}

/** @param path of the invitation's page, with its token */
export function invitationMail(
  invitation: { to: string; language: Language; organization: string; path: string; days: number },
  sentAt: number,
): Mail {
  const { subject, text } = TEXTS[invitation.language].invitation;
  const link = siteAddress(invitation.path);
  return {
    to: invitation.to,
    subject: subject(invitation.organization),
    text: text(invitation.organization, link, invitation.days),
    link,
    sentAt,
  };
}

export function passwordResetMail(
  reset: { to: string; language: Language; token: string },
  sentAt: number,
): Mail {
  const { subject, text } = TEXTS[reset.language].reset;
  const link = siteAddress(`/reset-password?token=${encodeURIComponent(reset.token)}`);
  return { to: reset.to, subject, text: text(link), link, sentAt };
}

/** @param own to the student */
export function rightsPassedMail(
  passed: { to: string; language: Language; own: boolean; path: string },
  sentAt: number,
): Mail {
  const { subject, text } = TEXTS[passed.language].rightsPassed;
  const link = siteAddress(passed.path);
  return { to: passed.to, subject, text: text(passed.own, link), link, sentAt };
}

export function orderRecordedMail(
  recorded: { to: string; language: Language; path: string },
  sentAt: number,
): Mail {
  const { subject, text } = TEXTS[recorded.language].orderRecorded;
  const link = siteAddress(recorded.path);
  return { to: recorded.to, subject, text: text(link), link, sentAt };
}
