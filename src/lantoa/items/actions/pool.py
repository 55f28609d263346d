from lantoa.frameworks.models import Node
from lantoa.items.bundles import Cell, Chosen, compile_bundle
from lantoa.items.models import Blueprint, Bundle, Enmity, ItemVersion
from lantoa.items.queries.bank import bank_of


def compile_pool(*, blueprint: Blueprint) -> Bundle:
    """All that a blueprint may draw from, as a bundle that a paper is drawn from for each
    candidate. Raises BankTooSmall."""
    bank = bank_of(blueprint)
    versions = ItemVersion.objects.select_related("item").in_bulk(list(bank.ids))
    topics = Node.objects.select_related("parent").in_bulk(
        {version.item.topic_id for version in versions.values()} - {None}
    )
    for version in versions.values():
        version.item.topic = topics.get(version.item.topic_id or 0)
    cells = [
        Cell(
            cell.count,
            [Chosen(versions[pk], cell.points) for pk in bank.held[cell.topic_id, cell.level]],
        )
        for cell in bank.cells
    ]
    items = {version.item_id for version in versions.values()}
    enemies = Enmity.objects.filter(first__in=items, second__in=items)
    return compile_bundle(
        blueprint=blueprint,
        title=blueprint.title,
        cells=cells,
        enemies=enemies.values_list("first_id", "second_id"),
    )
