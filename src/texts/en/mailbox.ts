export const mailbox = {
  title: "Development mailbox",
  subtitle: "What would have been mailed. Nothing leaves this machine.",
  off: "The development mailbox is off here.",
  empty: "No mail yet",
  to: "To {{to}}",
  open: "Open the link",
} as const;
