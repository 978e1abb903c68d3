'use client'

import { CircleSlash2, PhoneOutgoing, ShieldCheck } from 'lucide-react'
import { CardInput } from '../wizard/fields/card-input'

/** Off, client only, client and server. `reason`: why a server is not possible. */
export function ModeInput({ reason }: { reason: string | null }) {
  return (
    <CardInput
      name="mode"
      label="Service Connect"
      options={[
        {
          value: 'off',
          title: 'Off',
          text: 'No proxy. It calls and is called as the network has it.',
          glyph: <CircleSlash2 aria-hidden />,
        },
        {
          value: 'client',
          title: 'Client only',
          text: 'Its tasks resolve the names that others offer.',
          glyph: <PhoneOutgoing aria-hidden />,
        },
        {
          value: 'client and server',
          title: 'Client and server',
          text: 'Others call it by a name as well, through both proxies.',
          glyph: <ShieldCheck aria-hidden />,
          reason,
        },
      ]}
    />
  )
}
