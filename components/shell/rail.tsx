'use client'

import { History, Keyboard, LayoutTemplate, ListChecks, PhoneOutgoing, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useCommands } from '../topology/keys/command-bus'
import { useMapUrl } from '../topology/use-map-url'
import { cn } from '../ui/class-names'
import { IconButton } from '../ui/icon-button'
import { Tooltip } from '../ui/tooltip'
import { useLastMapUrl } from './last-map-url'

/** The rooms of the house: only those that exist. */
export function Rail() {
  const pathname = usePathname()
  const lastMap = useLastMapUrl()
  const run = useCommands()
  const isMap = pathname === '/'
  return (
    <nav
      aria-label="Rooms"
      className="flex flex-col items-center gap-1 border-line border-r bg-raised py-2.5"
    >
      {isMap ? (
        <MapButton />
      ) : (
        <RailLink label="Map" href={lastMap} pathname={pathname} glyph={<Waypoints aria-hidden />} />
      )}
      <CallButton isMap={isMap} />
      <RailLink
        label="Examples"
        href="/examples"
        pathname={pathname}
        glyph={<LayoutTemplate aria-hidden />}
      />
      <RailLink label="Plans" href="/plans" pathname={pathname} glyph={<ListChecks aria-hidden />} />
      <RailLink label="Activity" href="/activity" pathname={pathname} glyph={<History aria-hidden />} />
      <span className="flex-1" />
      <IconButton
        label="Keyboard shortcuts"
        shortcut="?"
        side="right"
        onPress={() => run({ kind: 'help' })}
        className={look(false)}
      >
        <Keyboard aria-hidden />
      </IconButton>
    </nav>
  )
}

const look = (isOn: boolean) =>
  cn(
    'size-9 [&_svg]:size-[18px] [&_svg]:stroke-[1.75]',
    isOn && 'bg-accent-soft text-accent-ink data-hovered:bg-accent-soft data-hovered:text-accent-ink',
  )

function MapButton() {
  const [, setUrl] = useMapUrl()
  return (
    <IconButton
      label="Map"
      side="right"
      aria-current="page"
      onPress={() => setUrl({ view: 'map' })}
      className={look(true)}
    >
      <Waypoints aria-hidden />
    </IconButton>
  )
}

function CallButton({ isMap }: { isMap: boolean }) {
  const [{ call }] = useMapUrl()
  const run = useCommands()
  const isOn = isMap && call !== null
  return (
    <IconButton
      label="Call"
      shortcut="c"
      side="right"
      aria-pressed={isOn}
      onPress={() => run({ kind: 'call' })}
      className={look(isOn)}
    >
      <PhoneOutgoing aria-hidden />
    </IconButton>
  )
}

type RailLinkProps = { label: string; href: string; pathname: string; glyph: ReactNode }

/** `/plans` is also where one is on `/plans/<id>`. */
export const isWithin = (pathname: string, href: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`)

function RailLink({ label, href, pathname, glyph }: RailLinkProps) {
  const isOn = isWithin(pathname, href)
  return (
    <Tooltip text={label} side="right">
      <Link
        href={href}
        aria-label={label}
        aria-current={isOn ? 'page' : undefined}
        className={cn(
          'flex items-center justify-center rounded-control transition-colors duration-150',
          look(isOn),
          !isOn && 'text-ink-soft hover:bg-sunk hover:text-ink',
        )}
      >
        {glyph}
      </Link>
    </Tooltip>
  )
}
