'use client'

import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { asSentence, capital } from '../ui/sentence'
import { useOffer } from './choices'

/** Why there is no list to choose from, so that ids have to be typed; or that there is nothing. */
export function HoleNotice({ operation, what }: { operation: string; what: string }) {
  const { choices, refresh } = useOffer()
  const hole = choices.holes.find((each) => each.operation === operation)
  return (
    <Notice
      tone={hole ? 'warn' : 'info'}
      title={hole ? `${capital(what)} could not be listed` : `There are no ${what} here`}
      actions={<Button onPress={refresh}>Look again</Button>}
    >
      {hole ? (
        <span>
          {asSentence(hole.message)} {asSentence(hole.remedy)} Until then, type the id.
        </span>
      ) : (
        <span>Type the id of one that this console cannot see.</span>
      )}
    </Notice>
  )
}
