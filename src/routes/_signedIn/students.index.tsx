import { createFileRoute, useLocation, useRouter } from "@tanstack/react-router";
import { type StudentFilters, StudentsPage } from "../../features/students/StudentsPage";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** What was searched for: with the page, so that going back finds it, but not in its address, which others see. */
    studentSearch?: string;
  }
}

const text = (value: unknown): string | undefined =>
  (typeof value === "string" && value !== "") || typeof value === "number"
    ? String(value)
    : undefined;

export const Route = createFileRoute("/_signedIn/students/")({
  validateSearch: (search: Record<string, unknown>): Omit<StudentFilters, "search"> => ({
    grade: text(search.grade),
    school: text(search.school),
  }),
  component: function Students() {
    const { grade, school } = Route.useSearch();
    const search = useLocation({ select: ({ state }) => state.studentSearch });
    const navigate = Route.useNavigate();
    const router = useRouter();
    return (
      <StudentsPage
        filters={{ search, grade, school }}
        onFilter={(next) => {
          // Whoever has gone on to a student is not fetched back by a late search.
          if (!/^\/students\/?$/u.test(router.latestLocation.pathname)) return;
          void navigate({
            search: { grade: next.grade, school: next.school },
            state: (state) => ({ ...state, studentSearch: next.search }),
            replace: true,
          });
        }}
      />
    );
  },
});
