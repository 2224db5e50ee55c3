import { CatchBoundary, useRouter } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { Loading } from "../ui/Loading";

/**
 * A part of a page that is loaded after it. What fails in it, or has to be opened first, takes the place of this part
 * alone: whatever somebody has begun above it stays.
 */
export function LaterPart({ children }: { children: ReactNode }) {
  const { defaultErrorComponent } = useRouter().options;
  return (
    <CatchBoundary
      getResetKey={() => "part"}
      {...(defaultErrorComponent === undefined ? {} : { errorComponent: defaultErrorComponent })}
    >
      <Suspense fallback={<Loading shape="list" />}>{children}</Suspense>
    </CatchBoundary>
  );
}
