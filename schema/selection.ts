import {
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionSetNode,
} from 'graphql';

/** Whether a query asks the current field for this subfield, directly or through fragments. */
export function isSelected(info: GraphQLResolveInfo, name: string): boolean {
  const within = (selectionSet: SelectionSetNode | undefined): boolean =>
    (selectionSet?.selections ?? []).some((selection) => {
      if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.if === true) return false;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.if === false) return false;
      if (selection.kind === 'Field') return selection.name.value === name;
      if (selection.kind === 'InlineFragment') return within(selection.selectionSet);
      return within(info.fragments[selection.name.value]?.selectionSet);
    });
  return info.fieldNodes.some((node) => within(node.selectionSet));
}

/** Whether a query asks somewhere below the current field for a field of this name. */
export function isSelectedBelow(info: GraphQLResolveInfo, name: string): boolean {
  const within = (selectionSet: SelectionSetNode | undefined): boolean =>
    (selectionSet?.selections ?? []).some((selection) => {
      if (selection.kind === 'FragmentSpread') return within(info.fragments[selection.name.value]?.selectionSet);
      return (selection.kind === 'Field' && selection.name.value === name) || within(selection.selectionSet);
    });
  return info.fieldNodes.some((node) => within(node.selectionSet));
}
