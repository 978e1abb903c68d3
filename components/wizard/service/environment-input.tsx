'use client'

import { Link2 } from 'lucide-react'
import { Button } from '../../ui/button'
import { Menu, MenuItem, MenuTrigger } from '../../ui/menu'
import { useOffer } from '../choices'
import { PairsInput } from '../fields/pairs-input'
import { variableFor } from './variable-name'

/** Environment variables; the addresses of services that are there are offered as values, and as whole rows. */
export function EnvironmentInput({ name }: { name: string }) {
  const { addresses } = useOffer().choices
  return (
    <PairsInput
      name={name}
      label="Environment"
      keys={[
        { id: 'name', label: 'Variable' },
        { id: 'value', label: 'Value' },
      ]}
      suggestions={addresses.map((address) => ({ value: address.value, hint: `reaches ${address.name}` }))}
      addLabel="Add variable"
      mono
      max={500}
      aside={(add) =>
        addresses.length > 0 && (
          <MenuTrigger>
            <Button>
              <Link2 aria-hidden />
              Add address of a service
            </Button>
            <Menu
              aria-label="Services"
              items={addresses.map((address) => ({ ...address, id: `${address.nodeId} ${address.value}` }))}
              onAction={(key) => {
                const address = addresses.find((each) => `${each.nodeId} ${each.value}` === key)
                if (!address) return
                add({ name: variableFor(address.name, address.value), value: address.value })
              }}
            >
              {(address) => (
                <MenuItem id={address.id} textValue={address.name} hint={address.value}>
                  {`${variableFor(address.name, address.value)} → ${address.name}`}
                </MenuItem>
              )}
            </Menu>
          </MenuTrigger>
        )
      }
    />
  )
}
