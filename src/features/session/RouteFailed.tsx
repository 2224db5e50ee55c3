import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api } from "../../../convex/_generated/api";
import { errorCode, type RecordTarget, recordsToOpen, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { LoadFailed } from "../../ui/LoadFailed";
import { Loading } from "../../ui/Loading";
import { NotFound } from "./NotFound";

/**
 * A page asks for a record that this session has not opened yet. Opening it notes who looks at it; then the page goes on.
 */
function OpenRecords({ records, reset }: { records: RecordTarget[]; reset: () => void }) {
  const open = useMutation(api.records.openRecords);
  const [failure, setFailure] = useState<unknown>(null);
  const begun = useRef(false);
  const router = useRouter();
  const errorText = useErrorText();
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    open({ records }).then(reset, setFailure);
  }, [open, records, reset]);
  if (failure === null) return <Loading />;
  if (errorCode(failure) === "NOT_FOUND") return <NotFound />;
  return (
    <LoadFailed
      text={errorText(failure)}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

/** The session was ended from elsewhere: from the beginning, and back here after signing in. What was typed is kept. */
function SignInAgain() {
  useEffect(() => {
    const { pathname, search } = window.location;
    window.location.replace(`/sign-in?to=${encodeURIComponent(pathname + search)}`);
  }, []);
  return <Loading />;
}

/** What a page shows when its data cannot be had: gone is gone, everything else can be tried again. */
export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const errorText = useErrorText();
  const code = errorCode(error);
  const records = recordsToOpen(error);
  if (records !== null) return <OpenRecords records={records} reset={reset} />;
  // What is not open to somebody looks like what is not there.
  if (code === "NOT_FOUND" || code === "FORBIDDEN") return <NotFound />;
  if (code === "UNAUTHENTICATED") return <SignInAgain />;
  return (
    <LoadFailed
      text={errorText(error)}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
