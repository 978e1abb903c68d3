import { describeFaults } from '../../support/fault-matrix'

describeFaults('removing', { verb: 'Removing', atLeast: 80 })
