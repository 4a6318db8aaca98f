"""Which template process a kernel is forked from."""

import pytest

from casework.serve.forking.kind import Kind, kind


@pytest.mark.parametrize(
    "path", ["/dashboard/trends", "/dashboard/trends/nl", "/base/dashboard/my-own.page/en", "/full/dashboard/cases/nl"]
)
def test_a_kernel_for_the_page_of_a_dashboard_comes_from_that_of_the_dashboards(path: str) -> None:
    assert kind({"SCRIPT_NAME": path}) is Kind.DASHBOARDS


@pytest.mark.parametrize(
    "path",
    ["/case/leo", "/full/case/leo", "/dashboard/x/case/leo", "/case/dashboard", "/services/dashboard/case/leo", ""],
)
def test_any_other_kernel_comes_from_that_of_the_cases(path: str) -> None:
    assert kind({"SCRIPT_NAME": path}) is Kind.CASES


def test_a_kernel_without_a_page_comes_from_that_of_the_cases() -> None:
    assert kind({}) is Kind.CASES
