int size = 1;
long size = 2; //~ ERROR FH1202

int main(void)
{
    return size;
}
