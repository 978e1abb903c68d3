'use client'

import { FolderTree, Globe, Waypoints } from 'lucide-react'
import { CardInput } from '../fields/card-input'

const kinds = [
  {
    value: 'DNS_PRIVATE',
    title: 'Private DNS',
    glyph: <FolderTree aria-hidden />,
    text: 'Names resolve inside one VPC. Any client that knows DNS can call, nothing is installed. The usual choice for services of one VPC.',
  },
  {
    value: 'HTTP',
    title: 'HTTP',
    glyph: <Waypoints aria-hidden />,
    text: 'No DNS at all: callers ask Cloud Map’s API, or Service Connect’s proxy. No VPC, no hosted zone, no TTL. Enough when every caller uses Service Connect.',
  },
  {
    value: 'DNS_PUBLIC',
    title: 'Public DNS',
    glyph: <Globe aria-hidden />,
    text: 'Names resolve on the whole internet, in a domain that you own. Cloud Map makes a public hosted zone. ECS still registers private addresses.',
  },
] as const

/** Which namespace, and why. */
export function KindCards({ name, onPicked }: { name: string; onPicked?: () => void }) {
  return <CardInput name={name} label="Kind of namespace" hideLabel options={kinds} onPicked={onPicked} />
}
