import { TerminalSquare } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { portsOf } from '@/lib/probe/preset'
import type { Via } from '@/lib/probe/trip'
import type { ServiceNode } from '@/lib/topology/model'
import { buttonStyle } from '../ui/button-style'
import { cn } from '../ui/class-names'

type ExplainProps = {
  readonly service: ServiceNode | null
  /** Whose task makes the call; null: this console does. */
  readonly caller: ServiceNode | null
  readonly canOpenShell: boolean
  readonly ways: readonly Via[]
  readonly via: Via
  /** Why the caller's tasks do not know the alias; null: they do, or it has none. */
  readonly unknownAlias: string | null
  readonly hasServices: boolean
}

/** Before the first call: what will happen, for this service, in its own names. */
export function Explain({
  service,
  caller,
  canOpenShell,
  ways,
  via,
  unknownAlias,
  hasServices,
}: ExplainProps) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <div className="max-w-[68ch]">
        {textFor({ service, caller, ways, via, unknownAlias, hasServices })}
        {caller && canOpenShell && (
          <Link href={`/shell?from=${encodeURIComponent(caller.id)}`} className={cn(buttonStyle(), 'mt-2.5')}>
            <TerminalSquare aria-hidden /> Open a shell in a task of {caller.name}
          </Link>
        )}
      </div>
    </div>
  )
}

function textFor(props: Omit<ExplainProps, 'canOpenShell'>): ReactNode {
  const { service, caller, ways, via, unknownAlias, hasServices } = props
  if (!hasServices)
    return (
      <Message title="Nothing to call yet">
        Create a service first. Then this place makes a real HTTP call to it and names the instance that
        answered.
      </Message>
    )
  if (!service)
    return (
      <Message title="Choose a service to call">
        The console finds its instances as a caller would, connects to one of them, and shows which task
        answered.
      </Message>
    )
  if (ways.length === 0)
    return (
      <Message title={`${service.name} cannot be called yet`}>
        It has no name in Cloud Map and no task with an address. Scale it to at least 1, or register it in a
        namespace.
      </Message>
    )
  if (service.instances.length === 0)
    return (
      <Message title={`${service.name} has no instances now`}>
        Its name {service.discovery?.dnsName && <Mono>{service.discovery.dnsName}</Mono>} exists, but nobody
        answers behind it. Call it to see what a caller sees, or scale it to at least 1.
      </Message>
    )
  if (caller) return <FromTask service={service} caller={caller} via={via} unknownAlias={unknownAlias} />
  const [port] = portsOf(service)
  return (
    <Message title={`Call ${service.name} and see which instance answers`}>
      <ol className="mt-1 flex list-inside list-decimal flex-col gap-0.5">
        <li>{resolveLine(service, via)}</li>
        <li>
          One of its {service.instances.length === 1 ? 'addresses' : `${service.instances.length} instances`}{' '}
          is picked, in turn{port === undefined ? '' : ','}{' '}
          {port !== undefined && <Mono>{`port ${port}`}</Mono>}.
        </li>
        <li>
          A real request goes to exactly that address. Whoever has it is who answered, and lights up on the
          map.
        </li>
      </ol>
      <p className="mt-1.5">
        <em className="not-italic">Call ×</em> repeats it and counts who took how many. Nothing is called that
        ECS or Cloud Map did not name.
      </p>
    </Message>
  )
}

type FromTaskProps = { service: ServiceNode; caller: ServiceNode; via: Via; unknownAlias: string | null }

function FromTask({ service, caller, via, unknownAlias }: FromTaskProps) {
  const alias = service.connect?.endpoints[0]
  const byName = via === 'alias' || via === 'dns'
  return (
    <Message title={`Call ${service.name} as ${caller.name} would`}>
      <ol className="mt-1 flex list-inside list-decimal flex-col gap-0.5">
        <li>
          ECS Exec opens a session in a running task of <Mono>{caller.name}</Mono>.
        </li>
        <li>
          {via === 'alias' && unknownAlias !== null ? (
            <span className="text-warn-ink">{unknownAlias}</span>
          ) : via === 'alias' && alias ? (
            <>
              The alias <Mono>{`${alias.alias}:${alias.port}`}</Mono> is looked up there; it leads to the
              task’s own proxy, and that picks an instance.
            </>
          ) : byName ? (
            <>
              DNS is asked there for <Mono>{service.discovery?.dnsName ?? service.name}</Mono>.
            </>
          ) : (
            <>An address is found here and called from there, from its network and its security groups.</>
          )}
        </li>
        <li>
          One small command makes exactly one request (curl, else wget, node, python3, bash or nc); Call × is
          for calls from this console.
        </li>
      </ol>
      <p className="mt-1.5">Who ran it, where and when is written to the activity.</p>
    </Message>
  )
}

function resolveLine(service: ServiceNode, via: Via): ReactNode {
  if (via === 'dns')
    return (
      <>
        DNS is asked for <Mono>{service.discovery?.dnsName ?? service.name}</Mono>, and Cloud Map’s API beside
        it, to see whether they agree.
      </>
    )
  if (via === 'discover')
    return (
      <>
        DiscoverInstances is asked for <Mono>{service.discovery?.name ?? service.name}</Mono> in{' '}
        <Mono>{service.discovery?.namespaceName ?? ''}</Mono>, healthy instances first.
      </>
    )
  return <>It has no name, so the addresses that ECS gave its tasks are taken as they are.</>
}

function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3 className="font-medium text-sm">{title}</h3>
      <div className="mt-0.5 text-ink-soft text-xs">{children}</div>
    </>
  )
}

function Mono({ children }: { children: string }) {
  return <span className="font-mono text-ink">{children}</span>
}
