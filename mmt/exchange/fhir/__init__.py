"""Visits as FHIR R4 (https://hl7.org/fhir/R4), in plain dictionaries: a transaction Bundle a visit. Of what
other programs write patients alone are read.

Codes of published vocabularies stand beside mmt's own, which `code_systems` publishes. What FHIR has no
element for stands in extensions, so that nothing of a visit is lost.
"""
