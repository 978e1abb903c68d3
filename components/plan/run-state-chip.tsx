import type { RunState } from '@/lib/plan/run-state'
import { StateGlyph } from '../topology/state-glyph'
import { Chip } from '../ui/chip'
import { runTones, runWords } from './run-words'

export function RunStateChip({ state }: { state: RunState }) {
  return (
    <Chip tone={runTones[state]} icon={<StateGlyph state={runTones[state]} />}>
      {runWords[state]}
    </Chip>
  )
}
