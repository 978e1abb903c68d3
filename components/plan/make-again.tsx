'use client'

import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button'
import { ImportPlan } from './import-plan'
import type { RunCodeState } from './use-run-code'

/** Takes the plan in again, so that it is checked against the world as it is now, and shown before it runs. */
export function MakeAgain({ code }: { code: RunCodeState }) {
  const [open, setOpen] = useState(false)
  const text = code.formats?.find(({ format }) => format === 'json')?.text ?? null
  const close = () => setOpen(false)
  return (
    <>
      <Button size="form" tone="primary" isDisabled={text === null} onPress={() => setOpen(true)}>
        <RefreshCw aria-hidden />
        Make the plan again
      </Button>
      {open && text !== null && <ImportPlan text={text} onBack={close} onClose={close} />}
    </>
  )
}
