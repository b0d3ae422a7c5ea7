"""The partner's edition: what a shared dataset says, by the engine of the authority's report."""

from casescope.report.partner.edition import document
from casescope.report.partner.package_facts import PackageFacts, package_facts
from casescope.report.partner.rendering import rendered

__all__ = ["PackageFacts", "document", "package_facts", "rendered"]
