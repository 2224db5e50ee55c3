import {
  IconBellRinging,
  IconBooks,
  IconBuilding,
  IconClipboardList,
  IconFileImport,
  IconHeart,
  IconHistory,
  IconLayoutDashboard,
  IconMailbox,
  IconReport,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useCurrentUser } from "../../lib/session";

/** Where somebody can go: what their abilities open, in the order of a working day. */
export function useNavigationItems() {
  const { abilities } = useCurrentUser();
  const items = [
    { to: "/today", key: "today", icon: IconClipboardList, shown: abilities["progress.today"] },
    {
      to: "/decisions",
      key: "decisions",
      icon: IconBellRinging,
      shown: abilities["decision.list"],
    },
    {
      to: "/dashboard",
      key: "dashboard",
      icon: IconLayoutDashboard,
      shown: abilities["dashboard.caseload"] || abilities["dashboard.organization"],
    },
    { to: "/reports", key: "reports", icon: IconReport, shown: abilities["report.list"] },
    { to: "/family", key: "family", icon: IconHeart, shown: abilities["family.view"] },
    { to: "/students", key: "students", icon: IconUsers, shown: abilities["student.list"] },
    { to: "/requests", key: "requests", icon: IconMailbox, shown: abilities["rights.list"] },
    {
      to: "/imports",
      key: "imports",
      icon: IconFileImport,
      shown: abilities["observation.importAny"],
    },
    { to: "/bank", key: "bank", icon: IconBooks, shown: abilities["bank.use"] },
    { to: "/people", key: "people", icon: IconUsersGroup, shown: abilities["member.list"] },
    {
      to: "/organization",
      key: "organization",
      icon: IconBuilding,
      shown: abilities["organization.readSettings"],
    },
    { to: "/audit", key: "audit", icon: IconHistory, shown: abilities["audit.read"] },
  ] as const;
  return items.filter(({ shown }) => shown);
}
