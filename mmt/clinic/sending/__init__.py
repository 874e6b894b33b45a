"""Signed visits on their way to a FHIR server that others keep."""
