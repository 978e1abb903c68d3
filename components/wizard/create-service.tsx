'use client'

import { firstServiceValues } from './service/values'
import { serviceWizard } from './service/wizard'
import { Wizard } from './wizard'
import { WizardPage } from './wizard-page'

export function CreateService() {
  return (
    <WizardPage title={serviceWizard.title}>
      {({ choices, topology }) => (
        <Wizard
          wizard={serviceWizard}
          first={firstServiceValues(choices, topology.target.region)}
          topology={topology}
        />
      )}
    </WizardPage>
  )
}
