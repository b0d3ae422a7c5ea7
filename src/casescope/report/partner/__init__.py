"""The partner's edition: what a shared dataset says, by the engine of the authority's report."""

from casescope.report.partner.edition import PackageFacts, document, package_facts
from casescope.report.partner.rendering import rendered

__all__ = ["PackageFacts", "document", "package_facts", "rendered"]
