import { checkParameters } from './parameters.ts';
import type { AdmittedVisit, RouteDependencies } from './route.ts';

/** Keeps the file that is the body of a request, so that it can be looked at and then imported. */
export async function postUpload(
  { uploads }: RouteDependencies,
  { caller: { workspace }, request, url: { searchParams } }: AdmittedVisit,
): Promise<Response> {
  checkParameters(searchParams, { once: ['name'] });
  const label = { workspaceId: workspace.id, name: searchParams.get('name') ?? 'upload' };
  const { id, name, bytes, expiresAt } = await uploads.keep(request, label);
  return Response.json({ upload: id, name, bytes, expiresAt }, { status: 201 });
}
