import { useCallback, useRef, useState } from "react";

/**
 * Runs one save at a time: a second click while the first is under way does nothing.
 * @returns `run` resolves to true once saved; the error of the last try is kept until the next one
 */
export function useSaving(): {
  run: (save: () => Promise<unknown>) => Promise<boolean>;
  saving: boolean;
  error: unknown;
} {
  const busy = useRef(false);
  const [state, setState] = useState<{ saving: boolean; error: unknown }>({
    saving: false,
    error: null,
  });
  const run = useCallback(async (save: () => Promise<unknown>) => {
    if (busy.current) return false;
    busy.current = true;
    setState({ saving: true, error: null });
    try {
      await save();
      setState({ saving: false, error: null });
      return true;
    } catch (error) {
      setState({ saving: false, error });
      return false;
    } finally {
      busy.current = false;
    }
  }, []);
  return { run, ...state };
}
