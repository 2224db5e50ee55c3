import { Button, Stack } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { GoalMeasurement, MeasurementKind } from "../../../convex/domain/progress/shape";
import { EventInput } from "./EventInput";
import { IntervalInput } from "./IntervalInput";
import { type LogEntry, untapped } from "./logEntry";
import { ProbeInput, ReadingInput, WorkSampleInput } from "./ProbeInputs";
import { SignalSwitches } from "./SignalSwitches";
import { StepsInput } from "./StepsInput";
import { CountInput, PercentInput, RatingInput, TrialsInput, YesNoInput } from "./TapInputs";
import { ClockInput, GapsInput, RateInput } from "./TimeInputs";
import { TrialGrid } from "./TrialGrid";
import classes from "./ValueInput.module.css";

export interface InputProps {
  measurement: GoalMeasurement;
  entry: LogEntry;
  onChange: (entry: LogEntry) => void;
}

const INPUTS: Record<MeasurementKind, ComponentType<InputProps>> = {
  trials: TrialsInput,
  trialByTrial: TrialGrid,
  percent: PercentInput,
  workSample: WorkSampleInput,
  taskAnalysis: StepsInput,
  count: CountInput,
  rate: RateInput,
  duration: ClockInput,
  latency: ClockInput,
  interResponse: GapsInput,
  interval: IntervalInput,
  rating: RatingInput,
  yesNo: YesNoInput,
  oralReading: ReadingInput,
  digitsCorrect: ProbeInput,
  maze: ProbeInput,
  abc: EventInput,
};

/** Kinds with an end that can be heard or felt. */
const SIGNALLED: readonly MeasurementKind[] = [
  ...(["interval", "rate", "oralReading", "digitsCorrect", "maze"] as const),
];

/** The widget for one kind of observation: large targets, one hand, and the last tap can be taken back. */
export function ValueInput(props: InputProps) {
  const { t } = useTranslation("progress");
  const { measurement, entry, onChange } = props;
  const Input = INPUTS[measurement.kind];
  return (
    <Stack gap="sm">
      <Input {...props} />
      {SIGNALLED.includes(measurement.kind) ? <SignalSwitches /> : null}
      <Button
        className={classes.undo}
        variant="default"
        size="md"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        disabled={entry.past.length === 0}
        onClick={() => onChange(untapped(entry))}
      >
        {t("log.undoTap")}
      </Button>
    </Stack>
  );
}
