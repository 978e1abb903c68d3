'use client'

import { FolderTree, Plus } from 'lucide-react'
import { useFormContext } from 'react-hook-form'
import { namespaceKind } from '../../topology/grouping'
import { useOffer } from '../choices'
import { SelectInput, type SelectOption } from '../fields/select-input'
import { useText } from '../fields/use-value'
import { Inset } from '../inset'
import { KindCards } from '../namespace/kind-cards'
import { NamespaceFields } from '../namespace/namespace-fields'

const MAKE_NEW = 'new'

type NamespaceChoiceProps = {
  /** The place of the choice in the form. */
  group: string
  label?: string
  hint?: string
  /** Other kinds of the choice, by their name in the values; offered first. */
  more?: readonly SelectOption[]
  /** Called after it was chosen, for what depends on its kind. */
  onPicked?: () => void
}

/** One of the namespaces that are there, or a new one in the same plan. */
export function NamespaceChoice({
  group,
  label = 'Namespace',
  hint,
  more = [],
  onPicked,
}: NamespaceChoiceProps) {
  const { setValue } = useFormContext()
  const { namespaces } = useOffer().choices
  const kind = useText(`${group}.kind`)
  const id = useText(`${group}.id`)
  const dirty = { shouldDirty: true, shouldValidate: true } as const
  const pick = (value: string) => {
    const chosen = namespaces.find((each) => each.id === value)
    setValue(`${group}.kind`, chosen ? 'existing' : value, dirty)
    if (chosen) {
      setValue(`${group}.id`, chosen.id, dirty)
      setValue(`${group}.type`, chosen.type, dirty)
    }
    onPicked?.()
  }
  return (
    <div className="flex flex-col gap-3">
      <SelectInput
        name={`${group}.id`}
        shown={kind === 'existing' ? id : kind}
        label={label}
        hint={hint}
        placeholder="Choose a namespace"
        onPicked={pick}
        options={[
          ...more,
          ...namespaces.map((namespace) => ({
            value: namespace.id,
            label: namespace.name,
            glyph: <FolderTree aria-hidden />,
            hint: namespaceKind(namespace.type),
          })),
          {
            value: MAKE_NEW,
            label: 'New namespace…',
            glyph: <Plus aria-hidden />,
            hint: 'made in the same plan',
          },
        ]}
      />
      {kind === 'new' && (
        <Inset title="New namespace">
          <KindCards name={`${group}.namespace.type`} onPicked={onPicked} />
          <NamespaceFields group={`${group}.namespace`} />
        </Inset>
      )}
    </div>
  )
}
