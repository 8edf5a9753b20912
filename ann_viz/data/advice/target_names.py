"""How much a name, in any of several languages, sounds like the column to predict."""

from __future__ import annotations

from typing import Final

from ann_viz.data.columns.words import name_words, names

__all__ = ["target_rank"]

_EXPLICIT: Final = names("""
    target, label, labels, y, target variable, target class, ground truth, y true
    ziel, zielvariable, zielgrosse, zielwert, cible, variable cible, objetivo, variable objetivo, etiqueta, alvo
    variavel alvo, rotulo, obiettivo, bersaglio, etichetta, doel, doelvariabele, cel, etykieta, hedef, etiket
    цель, целевая, целевая переменная, метка, 目的変数, 正解, ラベル, 目标, 标签, 目標, 標籤, 목표, 라벨, 레이블, 정답
""")
"""Said by those who have already decided what is to be predicted."""

_ANSWERS: Final = names("""
    exited, churn, churned, attrition, attrition flag, customer status, survived, left, deceased, died, death
    death event, outcome, diagnosis, prognosis, default, loan default, defaulted, default payment next month
    seriousdlqin2yrs, loan status, credit risk, creditability, risk flag, bad flag, fraud, is fraud
    fraud bool, fraud reported, spam, is spam, deposit, subscribed, response, output, saleprice, sale price, medv
    median house value, heart disease, heartdisease, ahd, stroke, diabetes, diabetic, has diabetes, cancer
    ten year chd, cardio, lung cancer, hepatitis, not fully paid, readmitted, no show, noshow, is canceled
    canceled, cancelled
    booking status, satisfaction, transported, purchased, bought, converted, conversion, clicked, clicked on ad
    click, revenue, personal loan, is promoted, promoted, placed, placement status, admitted, admit, chance of admit
    approved, passed, potability, machine failure, failure, failure type, rain tomorrow, raintomorrow, occupancy
    cover type, fetal health, price range, nobeyesdad, weekly sales, item outlet sales, rented bike count, cnt, rings
    critical temp, life expectancy, trip duration, fare amount, winner, sentiment, toxic, survival, survival status
    event, hired, returned, late delivery risk, class attribute, overall rating, final grade, final score, grade class
    abgewandert, abwanderung, gekundigt, kundigung, kredit, kreditausfall, ausfall, kreditwurdig, kreditrisiko
    uberlebt, gestorben, gekauft, betrug, diagnose, endnote, verkaufspreis, kaufpreis, storniert, bestanden, zugesagt
    survecu, survie, desabonne, desabonnement, resilie, resiliation, defaut, defaut de paiement, a achete
    prix de vente, fraude, diagnostic, admis, annule, parti, a quitte
    sobrevivio, superviviente, abandono, abandona, fuga, baja, cancelado, cancelacion, impago, moroso, morosidad
    incumplimiento, precio venta, precio de venta, diagnostico, aprobado, nota final, compro, comprado
    sobreviveu, evasao, evadiu, cancelou, cancelamento, saiu, inadimplente, inadimplencia, preco de venda, preco venda
    valor venda, valor da venda, comprou, aprovado, risco, risco de credito, reprovado, desistencia
    sopravvissuto, abbandonato, disdetta, insolvente, insolvenza, prezzo di vendita, frode, diagnosi, acquistato
    approvato, esito, voto finale, promosso
    opgezegd, vertrokken, overleefd, wanbetaling, verkoopprijs, geslaagd, przezyl, przezycie, rezygnacja, odszedl
    oszustwo, diagnoza, cena sprzedazy, overlevde, uppsagd, diagnos, hayatta kaldi, ayrildi, terk, kayip
    отток, ушел, выжил, дефолт, диагноз, мошенничество, 解約, 生存, 流失, 是否流失, 房价, 이탈, 이탈여부, 생존
""")
"""What is asked of such tables, and seldom known beforehand."""

_PRICES: Final = names("""
    price, prices, selling price, charges, rent, preis, miete, prix, loyer, precio, alquiler, preco, aluguel, prezzo
    affitto, prijs, huur, huurprijs, cena, pris, fiyat, цена, стоимость, 価格, 价格, 가격
""")
"""Asked for even where a grade or a class stands beside them."""

_QUANTITIES: Final = names("""
    class, classes, class type, species, variety, alive, quality, cost, mpg, salary, income, wage, strength, demand
    consumption, yield, emissions, co2 emissions, score, grade, rating, popularity, energy output, delay, passengers
    segmentation, classification, drug, crop, digit, sales, profit, spending, tip, appliances
    klasse, sorte, gattung, spezies, umsatz, absatz, gehalt, einkommen, lohn, verbrauch, ergebnis, bewertung, qualitat
    classe, espece, salaire, revenu, chiffre d affaires, ventes, consommation, qualite
    clase, especie, salario, sueldo, ingreso, ingresos, ventas, consumo, resultado, calidad, renda, vendas
    valor total, qualidade, rendimento, rendimiento, specie, stipendio, reddito, vendite, risultato, qualita, voto
    soort, salaris, omzet, uitkomst, resultaat, kwaliteit, klasa, gatunek, wynik, wynagrodzenie, jakosc, klass
    kvalitet, lon, resultat, sinif, sonuc, maas, trida, vysledek
    класс, вид, зарплата, результат, качество, продажи
    売上, 結果, 種類, 結果, 类别, 销售额, 결과, 매출, 등급
""")
"""Classes and yields: predicted more often than predicted from."""

_FAIR: Final = names("""
    type, category, group, result, status, amount, quantity, value, total, flag, evaluation, risk
    wert, betrag, menge, summe, gesamt, montant, valeur, quantite, valor, importe, monto, cantidad, quantia
    quantidade, situacao, valore, importo, quantita, totale, waarde, bedrag, aantal, wartosc, kwota, сумма, итого
    合計, 合计, 합계, 총계
""")

_HARDLY: Final = names("""
    id, uuid, key, code, index, number, row, name, surname, title, description, comment, notes, text, url, email, phone
    age, sex, gender, race, ethnicity, marital, education, job, occupation, birthday, birthdate, date, datetime, time
    timestamp, year, month, week, weekday, day, hour, minute, quarter, city, town, state, country, county, region
    location, place, address, street, district, neighborhood, zip, zipcode, postcode, latitude, longitude, lat, lon
    lng, x, z, origin, color, colour, brand, make, model, latin name
    alter, geschlecht, datum, jahr, monat, tag, stadt, ort, land, plz, strasse, farbe, beschreibung, bemerkung, marke
    prenom, nom, genre, sexe, annee, mois, jour, ville, pays, adresse, couleur, marque, description
    edad, sexo, genero, fecha, ano, mes, dia, ciudad, pais, provincia, direccion, nombre, marca, modelo
    idade, data, cidade, estado, uf, bairro, endereco, nome, eta, sesso, anno, mese, giorno, citta, regione, paese
    leeftijd, geslacht, jaar, maand, dag, plaats, wiek, plec, rok, miesiac, miasto, возраст, пол, дата, год, город
""")
"""Who, where and when: seldom what is asked."""

_MEASURES: Final = names("time, index, number, count, day, hour, week, month, year, minute")
"""At the end of a longer name they are a unit: "bounce time", "happiness index", "sales per day"."""


def target_rank(name: str) -> int:
    """Say how much a name sounds like the column to predict: 0 for not at all, less where it hardly can be.

    Returns
    -------
    int
        6 and 5 for a name that says so, 4 for a price, 3 for another quantity or class often predicted, 2 for a name
        that ends or begins like one of these, 1 for a vague hint, -1 for who, where and when.
    """
    words = name_words(name)
    if not words:
        return 0
    forms = {" ".join(words), "".join(words)}
    for rank, known in ((6, _EXPLICIT), (5, _ANSWERS), (4, _PRICES), (3, _QUANTITIES)):
        if forms & known:
            return rank
    if words[-1] in ("label", "flag") and " ".join(words[:-1]) in _ANSWERS:
        return 5
    if _sounds_like_an_answer(words):
        return 2
    if forms & _FAIR or words[-1] in ("total", "totale", "risk"):
        return 1
    return -1 if words[-1] in _HARDLY - _MEASURES or forms & _HARDLY else 0


def _sounds_like_an_answer(words: list[str]) -> bool:
    if len(words) == 1 or words[-1] in ("y", "event", "default", "left", "click"):
        return False
    strong = _EXPLICIT | _ANSWERS
    ends = words[-1] in strong | _QUANTITIES or " ".join(words[-2:]) in strong
    return ends or not _PRICES.isdisjoint(words) or words[0] in ("target", "churn", "risco", "attrition", "ziel")
