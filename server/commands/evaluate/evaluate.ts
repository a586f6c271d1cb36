import { Command } from 'commander';

import { recommendationsCommand } from './recommendations.ts';
import { valueCommand } from './value.ts';

export const evaluateCommand = new Command('evaluate').addCommand(recommendationsCommand).addCommand(valueCommand);
