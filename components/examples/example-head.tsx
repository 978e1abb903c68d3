import { StateGlyph } from '../topology/state-glyph'
import { Chip } from '../ui/chip'
import { Notice } from '../ui/notice'
import { type ExampleState, exampleTones, exampleWords } from './example-state'
import type { Sketch } from './sketch'

/** What an example is, and whether it is there. */
export function ExampleHead({ example, state }: { example: Sketch; state: ExampleState | null }) {
  return (
    <header className="flex flex-col gap-2 border-line border-b bg-raised px-8 pt-4 pb-3.5">
      <div className="flex min-w-0 items-center gap-3">
        <h1 className="min-w-0 flex-1 truncate font-semibold text-ink text-xl">{example.title}</h1>
        {state && (
          <Chip tone={exampleTones[state.kind]} icon={<StateGlyph state={exampleTones[state.kind]} />}>
            {exampleWords[state.kind]}
          </Chip>
        )}
      </div>
      <p className="text-ink-soft text-sm">{example.summary}</p>
      {state && state.foreign.length > 0 && (
        <Notice tone="warn" title="Somebody else has these names">
          {state.foreign.join(', ')}. Choose another namespace to keep the two apart.
        </Notice>
      )}
    </header>
  )
}
